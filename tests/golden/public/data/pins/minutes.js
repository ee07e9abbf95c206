clausebookShard("pins/minutes",{"clauses":{"para-1":"2f3f4b","para-2":"e44d72","para-3":"724ad7","para-4":"f792c7","para-5":"750e8e"},"upstream":0});
