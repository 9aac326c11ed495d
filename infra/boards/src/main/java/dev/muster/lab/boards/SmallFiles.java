package dev.muster.lab.boards;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads text files that are small or refused. */
final class SmallFiles {

    private SmallFiles() {}

    /**
     * The text of a regular file.
     *
     * @param sizeMax bytes
     * @throws IOException with a sentence that says what is wrong, without the path
     */
    static String read(Path file, int sizeMax) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(Files.exists(file) ? "This is no file." : "There is no such file.");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(sizeMax + 1);
        } catch (IOException e) {
            throw new IOException("The file cannot be read.", e);
        }
        if (bytes.length > sizeMax) {
            throw new IOException("The file is larger than " + sizeMax + " bytes.");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("The file is no text in UTF-8.", e);
        }
    }
}
