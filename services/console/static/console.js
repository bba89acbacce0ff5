// What every page has: times that go on, forms that are sent without leaving, drafts that are kept, keys, events.
import { keepDrafts } from "./drafts.js";
import { arrive, sendForms } from "./forms.js";
import { listenToKeys } from "./keys.js";
import { follow } from "./live.js";
import { goOn } from "./times.js";

keepDrafts(document);
sendForms();
listenToKeys();
goOn();
arrive();
if (document.body.dataset.live) follow(document.body.dataset.live);
