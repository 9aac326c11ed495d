package dev.muster.config.snapd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A client of a UNIX socket, byte by byte as the programs' library writes (contract §3). */
record RawSocket(Path path) {

    /** @param body null or empty for none, and then no headers for it either */
    Answer send(String method, String target, String body) {
        StringBuilder request = new StringBuilder(method + " http://localhost" + target + " HTTP/1.1\r\n");
        request.append("Host: localhost\r\n");
        if (body != null && !body.isEmpty()) {
            request.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n\r\n")
                    .append(body);
        } else {
            request.append("\r\n");
        }
        return parsed(exchange(request.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** All that comes back until the other end closes, which it may do before it has read everything. */
    byte[] exchange(byte[] request) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            write(channel, ByteBuffer.wrap(request));
            ByteBuffer in = ByteBuffer.allocate(8192);
            while (read(channel, in)) {
                all.write(in.array(), 0, in.position());
                in.clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toByteArray();
    }

    private static void write(SocketChannel channel, ByteBuffer out) {
        try {
            while (out.hasRemaining()) {
                channel.write(out);
            }
        } catch (IOException refused) {
            // The answer says why.
        }
    }

    private static boolean read(SocketChannel channel, ByteBuffer in) {
        try {
            return channel.read(in) >= 0;
        } catch (IOException reset) {
            return false;
        }
    }

    static Answer parsed(byte[] bytes) {
        String all = new String(bytes, StandardCharsets.UTF_8);
        int end = all.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("no answer: " + all);
        }
        String[] lines = all.substring(0, end).split("\r\n");
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, all.substring(end + 4));
    }
}
