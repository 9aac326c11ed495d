package dev.muster.lab.boards.ucl;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Whatever the text is, it is either read or refused; and what was read is written as a text that says the same. */
class UclFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyTextIsReadOrRefused(byte[] text) {
        UclSource source = new UclSource(null, new String(text, StandardCharsets.UTF_8));
        UclValue root;
        try {
            root = UclReader.ofTextAlone().read(source).root();
        } catch (UclFault expected) {
            isAnAnswer(expected, source.text());
            return;
        }
        Object before = Trees.plain(root);
        Object after = Trees.read(UclWriter.write(root));
        if (!before.equals(after)) {
            throw new AssertionError(before + "\nis written as\n" + after);
        }
    }

    /** The same with files that include each other. */
    @FuzzTest(maxDuration = "60s")
    void anyFileIsReadOrRefused(byte[] text) {
        String content = new String(text, StandardCharsets.UTF_8);
        Includes includes = (from, path, pattern) ->
                path.isEmpty() ? List.of() : List.of(new UclSource("/lab/" + path, pattern ? content : "p = 1"));
        try {
            new UclReader(UclLimits.STANDARD, includes, Map.of("X", "$X${X}"))
                    .read(new UclSource("/lab/main", content));
        } catch (UclFault expected) {
            isAnAnswer(expected, content);
        }
    }

    private static void isAnAnswer(UclFault fault, String text) {
        if (fault.getMessage().length() > 300
                || fault.line() < 1
                || fault.column() < 1
                || fault.file() == null && fault.line() > text.lines().count() + 1) {
            throw new AssertionError(fault);
        }
    }
}
