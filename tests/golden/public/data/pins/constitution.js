clausebookShard("pins/constitution",{"clauses":{"1":"317fbc","2":"2f27a3","2.1":"e59192","2.2":"fa3739","schedule-1.1":"cfa436","schedule-1.2":"6de3af"},"upstream":0});
