package dev.muster.observe.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Certificate requests that openssl made. */
final class Requests {

    private Requests() {}

    /** The file as it is, with a line feed at its end. */
    static String of(String name) {
        try (InputStream file = Requests.class.getResourceAsStream("csr/" + name + ".pem")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
