package dev.muster.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What the real SWUpdate says of a bundle when it only checks ({@code -c}). Its exit code is not to be trusted, as it
 * races with its own installer when it ends: of 200 checks of one good bundle 12 ended with 1, and 2 of them before a
 * verdict was printed. So its words count, and one that ends without a word is asked again.
 */
public final class SwupdateCheck {

    private static final int ASKED_MAX = 8;
    private static final int WAIT_SECONDS = 60;

    private SwupdateCheck() {}

    /**
     * Whether it takes the bundle.
     *
     * @param folder for this check alone: the bundle is written there, and its sockets are made below
     * @param certificate in PEM, whose key signed the bundle
     * @param hardware {@code board:revision}
     * @throws AssertionError when it says nothing however often it is asked, with its last words
     */
    public static boolean takes(byte[] bundle, Path folder, Path certificate, String hardware)
            throws IOException, InterruptedException {
        Files.write(folder.resolve("bundle.swu"), bundle);
        String said = "";
        for (int asked = 0; asked < ASKED_MAX; asked++) {
            said = check(folder, certificate, hardware);
            if (said.contains("[ERROR]")) {
                return false;
            }
            if (said.contains("SWUPDATE successful")) {
                return true;
            }
        }
        throw new AssertionError("swupdate gave no verdict: " + said);
    }

    private static String check(Path folder, Path certificate, String hardware)
            throws IOException, InterruptedException {
        Path output = folder.resolve("said");
        ProcessBuilder swupdate = new ProcessBuilder(
                        "swupdate",
                        "-c",
                        "-i",
                        "bundle.swu",
                        "-k",
                        certificate.toAbsolutePath().toString(),
                        "-H",
                        hardware)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        swupdate.environment()
                .put("TMPDIR", Files.createTempDirectory(folder, "tmp").toString());
        Process process = swupdate.start();
        if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("swupdate did not end: " + Files.readString(output, StandardCharsets.ISO_8859_1));
        }
        return Files.readString(output, StandardCharsets.ISO_8859_1);
    }
}
