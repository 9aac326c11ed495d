package dev.muster.updates.bundles.libconfig;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever the bytes are, the reader either understands them or says where it does not. */
class TextFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyTextIsReadOrRefused(byte[] text) {
        try {
            Libconfig.parse(text);
        } catch (LibconfigSyntaxException expected) {
            if (expected.line() < 1
                    || expected.column() < 1
                    || expected.getMessage().length() > 300) {
                throw new AssertionError(expected);
            }
        }
    }
}
