clausebookShard("fd0","[{\"key\":\"safety\",\"title\":\"Safety\",\"records\":\"(&-,;###\"},{\"key\":\"money\",\"title\":\"Money\",\"records\":\"?6$###\"}]");
