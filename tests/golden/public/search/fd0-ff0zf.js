clausebookShard("fd0","[{\"key\":\"safety\",\"title\":\"Safety\",\"records\":\"1&-,;###\"},{\"key\":\"money\",\"title\":\"Money\",\"records\":\"H6$###\"}]");
