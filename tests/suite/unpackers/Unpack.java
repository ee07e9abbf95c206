// Unpacks zips as programs in Java do: `Unpack.java list|stream` reads lines `ZIP<tab>FOLDER`. By the list at the end of a
// zip, or as a stream, which never sees that list. What cannot be read is said, and the next zip is unpacked.

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

class Unpack {
    public static void main(String[] arguments) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Path zip = Path.of(line.split("\t")[0]);
            Path folder = Path.of(line.split("\t")[1]);
            try {
                if (arguments[0].equals("list")) byList(zip, folder);
                else asStream(zip, folder);
            } catch (Exception error) {
                System.out.println(zip + ": " + error);
            }
        }
    }

    static void byList(Path path, Path folder) throws Exception {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) put(entry, zip.getInputStream(entry), folder);
        }
    }

    static void asStream(Path path, Path folder) throws Exception {
        try (ZipInputStream zip = new ZipInputStream(new FileInputStream(path.toFile()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) put(entry, zip, folder);
        }
    }

    static void put(ZipEntry entry, InputStream bytes, Path folder) throws Exception {
        Path place = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(place);
        } else {
            Files.createDirectories(place.getParent());
            Files.copy(bytes, place, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
