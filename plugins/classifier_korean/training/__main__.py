"""Writes the model of topics from our sentences and those of the files that are named."""

import sys
from pathlib import Path

from plugins.classifier_korean.training import MODEL, SENTENCES, read, train, written

MODEL.write_text(written(train(read([SENTENCES, *map(Path, sys.argv[1:])]))), encoding="utf-8")
