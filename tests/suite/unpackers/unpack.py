# Unpacks zips with Python's own module: lines `ZIP<tab>FOLDER` on standard input.
import sys
import zipfile

for line in sys.stdin:
    path, folder = line.rstrip("\n").split("\t")
    try:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
    except Exception as error:
        print(path, error)
