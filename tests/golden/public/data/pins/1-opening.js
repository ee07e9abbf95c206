clausebookShard("pins/1-opening",{"clauses":{"1.1":"004abc","1.2":"94ada7","1.3":"6aa34a","1.4":"31033a","1.5":"d640d5"},"upstream":0});
