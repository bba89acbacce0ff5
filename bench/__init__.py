"""What the hub can do, measured: against its limits and, in the same run, against peers. See README.md."""
