package dev.muster.cos;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * HTTP/1.1 as Python's requests does it when each call stands for itself: a new connection for every request. And as no
 * client library would: with any host, and any text in any header.
 */
final class RawHttp {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final InetSocketAddress server;

    RawHttp(String baseUrl) {
        URI uri = URI.create(baseUrl);
        this.server = new InetSocketAddress(uri.getHost(), uri.getPort());
    }

    /** An answer; headers as they came. */
    record Answer(int status, List<String[]> headers, byte[] body) {

        @Nullable
        String header(String name) {
            for (String[] header : headers) {
                if (header[0].equalsIgnoreCase(name)) {
                    return header[1];
                }
            }
            return null;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    /** @param headers name, value, name, value …; a Host of their own replaces the usual one */
    Answer send(String method, String target, byte @Nullable [] body, String... headers) {
        try (Socket socket = new Socket()) {
            socket.connect(server, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(head(method, target, body, headers));
            if (body != null) {
                socket.getOutputStream().write(body);
            }
            socket.getOutputStream().flush();
            return answer(new BufferedInputStream(socket.getInputStream()), method.equals("HEAD"));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + target, e);
        }
    }

    private byte[] head(String method, String target, byte @Nullable [] body, String... headers) {
        StringBuilder head = new StringBuilder(method + ' ' + target + " HTTP/1.1\r\n");
        boolean host = false;
        for (int i = 0; i < headers.length; i += 2) {
            host |= headers[i].equalsIgnoreCase("Host");
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        if (!host) {
            head.append("Host: ")
                    .append(server.getHostString())
                    .append(':')
                    .append(server.getPort())
                    .append("\r\n");
        }
        if (body != null) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Answer answer(InputStream in, boolean head) throws IOException {
        String[] status = line(in).split(" ", 3);
        List<String[]> headers = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.add(new String[] {
                line.substring(0, colon), line.substring(colon + 1).strip()
            });
        }
        Answer empty = new Answer(Integer.parseInt(status[1]), headers, new byte[0]);
        if (head || empty.status == 204) {
            return empty;
        }
        String length = empty.header("Content-Length");
        boolean chunked = "chunked".equalsIgnoreCase(empty.header("Transfer-Encoding"));
        byte[] body = chunked ? chunks(in) : in.readNBytes(length == null ? 0 : Integer.parseInt(length));
        return new Answer(empty.status, headers, body);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in).toLowerCase(Locale.ROOT), 16);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the connection ended early");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
