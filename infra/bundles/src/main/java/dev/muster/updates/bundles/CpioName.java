package dev.muster.updates.bundles;

import dev.muster.kernel.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Names of files in an archive. Nothing here is ever unpacked under them, but they are shown and compared. */
final class CpioName {

    private CpioName() {}

    /**
     * @param bytes the name and its closing NUL
     * @param length how many bytes of the array that is
     * @param offset where the name stands in the archive, for messages
     */
    static String read(byte[] bytes, int length, long offset) {
        if (bytes[length - 1] != 0) {
            throw broken(offset, "does not end with NUL");
        }
        String name = decoded(bytes, length - 1, offset);
        if (name.indexOf('\0') >= 0) {
            throw broken(offset, "has a NUL inside");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw broken(offset, "has control characters inside");
        }
        if (name.startsWith("/") || name.startsWith("\\")) {
            throw broken(offset, "is absolute: " + Quoted.text(name));
        }
        for (String component : name.split("[/\\\\]", -1)) {
            if (component.equals("..")) {
                throw broken(offset, "leads out of the archive: " + Quoted.text(name));
            }
        }
        return name;
    }

    private static String decoded(byte[] bytes, int length, long offset) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw broken(offset, "is no valid UTF-8");
        }
    }

    private static Refused broken(long offset, String problem) {
        return Bundles.broken("The file name at byte %d of the archive %s.".formatted(offset, problem));
    }
}
