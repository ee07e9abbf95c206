clausebookShard("w6","youngest:early year;very_young:early year;");
