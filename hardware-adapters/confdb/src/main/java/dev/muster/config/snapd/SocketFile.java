package dev.muster.config.snapd;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The file of a socket. It is bound in a directory that is nobody else's, given its rights there, and only then put where
 * it belongs: at no moment can anybody open it who may not. That also replaces what an earlier server left behind.
 */
final class SocketFile implements AutoCloseable {

    private static final int TYPE_MASK = 0170000;
    private static final int SOCKET = 0140000;

    /** Short, because the name of a socket has at most 107 bytes with all its directories. */
    private static final int HIDING_BYTES = 3;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final DeviceSocket socket;
    private final Path hiding;

    /** Makes room for the file. Fails when somebody answers there, or when there is something that is no socket. */
    SocketFile(DeviceSocket socket) throws IOException {
        this.socket = socket;
        onlyWhereNobodyIs(socket.path());
        byte[] name = new byte[HIDING_BYTES];
        RANDOM.nextBytes(name);
        this.hiding = Files.createDirectory(
                socket.path().resolveSibling("." + HexFormat.of().formatHex(name)),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Where to bind. */
    Path hidden() {
        return hiding.resolve("s");
    }

    /** Puts what was bound where it belongs. */
    void show() throws IOException {
        Files.setPosixFilePermissions(hidden(), socket.mode());
        Files.move(hidden(), socket.path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(hiding);
    }

    private static void onlyWhereNobodyIs(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (((int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & TYPE_MASK) != SOCKET) {
            throw new IOException(path + " is there and is no socket");
        }
        if (isAnswered(path)) {
            throw new IOException(path + " is another server's");
        }
    }

    private static boolean isAnswered(Path path) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException nobody) {
            return false;
        }
    }

    /** Takes the file away, and what is left when it was never shown. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(hidden());
        Files.deleteIfExists(hiding);
        Files.deleteIfExists(socket.path());
    }
}
