package dev.muster.updates.artifacts;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.muster.kernel.Refused;
import dev.muster.updates.RemoteUrl;
import dev.muster.updates.UrlMask;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whatever somebody gives as an address is read or refused, and never shows a password. All take bytes, so that what they
 * start from is plain text in files.
 */
class RemoteUrlFuzzTest {

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @FuzzTest(maxDuration = "60s")
    void anAddressIsReadOrRefused(byte[] bytes) {
        String text = text(bytes);
        RemoteUrl url;
        try {
            url = RemoteUrl.parse(text);
        } catch (Refused refused) {
            if (!refused.refusal().code().equals("updates.url-invalid")) {
                throw refused;
            }
            return;
        }
        boolean fine = !url.host().isEmpty()
                && url.host().chars().noneMatch(c -> "/\\@?#%[] ".indexOf(c) >= 0)
                && url.port() > 0
                && url.port() <= 65_535
                && url.target().startsWith("/")
                && url.target().chars().allMatch(c -> c > ' ' && c <= '~')
                && !url.fileName().isBlank();
        if (!fine) {
            throw new AssertionError("was read: " + text);
        }
        String authorization = url.authorization();
        if (authorization != null && !authorization.matches("Basic [A-Za-z0-9+/=]+")) {
            throw new AssertionError("a header with more in it: " + authorization);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void masksTakeThePasswordOutAndNothingElse(byte[] bytes) {
        String text = text(bytes);
        String masked = UrlMask.masked(text);
        String password = UrlMask.passwordOf(text);
        if (!UrlMask.masked(masked).equals(masked)) {
            throw new AssertionError("masked twice is not masked once: " + text);
        }
        if (password == null
                ? !masked.equals(text)
                : !UrlMask.with(masked, password).equals(text)) {
            throw new AssertionError("more than a password was changed: " + text);
        }
    }

    /**
     * However its parts look, here the user and, in the next line, what follows the host: what is between the colon and the
     * last at sign of the authority is not shown.
     */
    @FuzzTest(maxDuration = "60s")
    void aPasswordIsNeverShown(byte[] bytes) {
        String[] parts = text(bytes).split("\n", 2);
        String user = parts[0];
        String rest = parts.length == 1 ? "" : parts[1];
        if (user.chars().anyMatch(c -> "/?#:@".indexOf(c) >= 0)) {
            return;
        }
        String masked = UrlMask.masked("https://" + user + ":hush@h" + rest.replace("@", ""));
        if (masked.contains("hush") && !rest.contains("hush") && !user.contains("hush")) {
            throw new AssertionError("shown: " + masked);
        }
    }

    /** Nobody's entry makes the server fail in another way than with words about it. */
    @FuzzTest(maxDuration = "60s")
    void namedHostsAreReadOrTold(byte[] bytes) {
        try {
            new AllowedHosts(List.of(text(bytes))).name("h");
        } catch (IllegalArgumentException told) {
            if (told.getMessage() == null || !told.getMessage().contains("muster.artifacts.remote.allowed")) {
                throw told;
            }
        }
    }
}
