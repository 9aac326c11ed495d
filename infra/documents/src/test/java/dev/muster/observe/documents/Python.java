package dev.muster.observe.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real Python, asked what it makes of texts. */
public final class Python {

    private final String interpreter;
    private final Path script;

    private Python(String interpreter, Path script) {
        this.interpreter = interpreter;
        this.script = script;
    }

    /**
     * An interpreter that has a module; skips the test, aloud, if there is none.
     *
     * @param folder for the script
     */
    public static Python with(String module, Path folder) throws Exception {
        Path script = folder.resolve("oracle.py");
        try (var in = Python.class.getResourceAsStream("/oracle/oracle.py")) {
            Files.copy(in, script);
        }
        for (String interpreter : List.of("python3", "/usr/bin/python3")) {
            try {
                Process process = new ProcessBuilder(interpreter, "-c", "import " + module)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor() == 0) {
                    return new Python(interpreter, script);
                }
            } catch (IOException e) {
                // The next one may be there.
            }
        }
        String why = "there is no python3 with the module " + module;
        System.err.println("SKIPPED, the comparison with Python did not run: " + why);
        return abort(why);
    }

    /** What Python makes of each text; an exclamation mark and a reason where it makes nothing of it. */
    public List<String> makesOf(String language, List<String> texts) throws Exception {
        Process process = new ProcessBuilder(interpreter, script.toString(), language)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread feeder = Thread.ofVirtual().start(() -> {
            try (OutputStream in = process.getOutputStream()) {
                for (String text : texts) {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    ByteArrayOutputStream framed = new ByteArrayOutputStream(bytes.length + 16);
                    framed.writeBytes((bytes.length + "\n").getBytes(StandardCharsets.US_ASCII));
                    framed.writeBytes(bytes);
                    in.write(framed.toByteArray());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        List<String> answers = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .lines()
                .map(line -> line.startsWith("=")
                        ? new String(HexFormat.of().parseHex(line.substring(1)), StandardCharsets.UTF_8)
                        : line)
                .toList();
        feeder.join();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(answers).hasSize(texts.size());
        return answers;
    }
}
