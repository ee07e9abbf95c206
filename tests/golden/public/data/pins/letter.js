clausebookShard("pins/letter",{"clauses":{"1":"ac860f","2":"3e36fa","3":"d338b2","3A":"6201e3","4":"bc92f6"},"upstream":0});
