clausebookShard("pins/2-closing",{"clauses":{"2.1":"220a7a","2.2":"f6d371","2.3":"124d82"},"upstream":0});
