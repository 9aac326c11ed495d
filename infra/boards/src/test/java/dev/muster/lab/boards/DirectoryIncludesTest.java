package dev.muster.lab.boards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.lab.boards.ucl.IncludeVectors;
import dev.muster.lab.boards.ucl.UclDocument;
import dev.muster.lab.boards.ucl.UclFault;
import dev.muster.lab.boards.ucl.UclLimits;
import dev.muster.lab.boards.ucl.UclReader;
import dev.muster.lab.boards.ucl.UclSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract §7.3, the table of includes; and that nothing outside the file's directory is read. */
class DirectoryIncludesTest {

    @TempDir
    Path everything;

    private Path root;

    @BeforeEach
    void files() throws IOException {
        root = Files.createDirectory(everything.toRealPath().resolve("lab"));
        Files.writeString(root.resolve("a.conf"), "p = 1; q = {z = 9}");
        Files.createDirectory(root.resolve("sub"));
        Files.writeString(root.resolve("sub/b.conf"), ".include \"c.conf\"");
        Files.writeString(root.resolve("sub/c.conf"), "c = ${CURDIR}");
        Files.writeString(everything.resolve("secret.conf"), "secret = 1");
        Files.createDirectory(everything.resolve("lab2"));
        Files.writeString(everything.resolve("lab2/secret.conf"), "secret = 1");
        Files.createSymbolicLink(root.resolve("link.conf"), everything.resolve("secret.conf"));
        Files.createSymbolicLink(root.resolve("out"), everything.resolve("lab2"));
        Files.createSymbolicLink(root.resolve("in.conf"), root.resolve("a.conf"));
        Files.createSymbolicLink(root.resolve("dangling.conf"), root.resolve("nowhere"));
    }

    private UclDocument read(String text) {
        DirectoryIncludes includes = new DirectoryIncludes(root, 1000);
        return new UclReader(UclLimits.STANDARD, includes, Map.of())
                .read(new UclSource(root.resolve("main.conf").toString(), text));
    }

    private Object plain(String text) {
        return IncludeVectors.plain(read(text).root());
    }

    private UclFault fault(String text) {
        UclFault fault = catchThrowableOfType(UclFault.class, () -> read(text));
        assertThat(fault).as("a fault").isNotNull();
        return fault;
    }

    static Stream<IncludeVectors.Case> vectors() {
        return IncludeVectors.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void isReadAsRecorded(IncludeVectors.Case vector) {
        if (vector.out() == null) {
            fault(vector.in());
            return;
        }
        assertThat(plain(vector.in()))
                .isEqualTo(vector.out())
                .hasToString(vector.out().toString());
    }

    @Test
    void pathsAreRelativeToTheIncludingFile() {
        assertThat(plain(".include \"sub/b.conf\"")).isEqualTo(Map.of("c", root + "/sub"));
    }

    @Test
    void patternsStandForSeveralFilesInOrder() throws IOException {
        Files.writeString(root.resolve("sub/d.conf"), "c = 2");
        assertThat(plain(".include(glob=true) \"sub/[cd].conf\"")).isEqualTo(Map.of("c", List.of(root + "/sub", 2L)));
        assertThat(plain(".include(glob=true, try=true) \"none/*\"; x = 1")).isEqualTo(Map.of("x", 1L));
        assertThat(fault(".include(glob=true) \"sub/*.none\"")).hasMessageContaining("There is no file");
        assertThat(fault(".include(glob=true) \"sub/[\"")).hasMessageContaining("no pattern");
    }

    @Test
    void aPrefixWithoutKeyIsTheNameOfTheFile() {
        assertThat(plain(".include(prefix=true) \"sub/c.conf\"")).isEqualTo(Map.of("c", Map.of("c", root + "/sub")));
    }

    @Test
    void duplicatesAreReplacedOrRefused() {
        assertThat(plain("p = 7\n.include(duplicate=rewrite) \"a.conf\""))
                .extracting("p")
                .isEqualTo(1L);
        assertThat(fault("p = 7\n.include(duplicate=error) \"a.conf\"")).hasMessageContaining("'p' is given again");
        assertThat(fault(".include(duplicate=x) \"a.conf\"")).hasMessageContaining("append, merge, rewrite or error");
        assertThat(fault(".include(sign=true) \"a.conf\"")).hasMessageContaining("no option 'sign'");
        assertThat(fault(".include(try) \"a.conf\"")).hasMessageContaining("name=value");
        assertThat(fault(".include(try=1) \"a.conf\"")).hasMessageContaining("true or false");
        assertThat(fault(".include(try=true \"a.conf\"")).hasMessageContaining("name=value");
    }

    @Test
    void linksInsideAreFollowed() {
        assertThat(plain(".include \"in.conf\"")).extracting("p").isEqualTo(1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.conf",
                "sub/../../secret.conf",
                "/etc/passwd",
                "${CURDIR}/../lab2/secret.conf",
                "../lab2/secret.conf",
                "../none.conf",
                "link.conf",
                "out/secret.conf",
                ".",
                ".."
            })
    void nothingOutsideIsRead(String path) {
        for (String options : List.of("", "(try=true)", "(glob=true)", "(try=true, glob=true)")) {
            assertThat(fault("x = 1\n.include" + options + " \"" + path + "\""))
                    .satisfies(fault -> assertThat(fault.line()).isEqualTo(2))
                    .satisfies(fault ->
                            assertThat(fault.getMessage()).containsAnyOf("beside the configured file", "leads out"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../*.conf", "out/*", "../lab2/*", "l*.conf"})
    void noPatternReadsOutside(String pattern) {
        assertThat(fault(".include(try=true, glob=true) \"" + pattern + "\"").getMessage())
                .containsAnyOf("beside the configured file", "leads out");
    }

    @Test
    void whatIsNoSmallTextIsRefused() throws IOException {
        assertThat(fault(".include \"sub\"")).hasMessageContaining("This is no file");
        assertThat(fault(".include(try=true) \"dangling.conf\"; x").getMessage())
                .contains("has no value");
        Files.writeString(root.resolve("large.conf"), "#".repeat(1001));
        assertThat(fault(".include \"large.conf\"")).hasMessageContaining("larger than 1000 bytes");
        Files.writeString(root.resolve("list.conf"), "[1]");
        assertThat(fault(".include \"list.conf\"")).hasMessageContaining("A list cannot be included");
        Files.writeString(root.resolve("braced.conf"), "{ a = 1 } b = 2");
        assertThat(fault(".include \"braced.conf\"").file()).isEqualTo(root + "/braced.conf");
        assertThat(fault(".include \"" + "x/".repeat(3000) + "\"").getMessage()).hasSizeLessThan(200);
    }

    @Test
    void filesThatIncludeEachOtherAreRefused() throws IOException {
        Files.writeString(root.resolve("x.conf"), ".include \"y.conf\"");
        Files.writeString(root.resolve("y.conf"), ".include \"in-x.conf\"");
        Files.createSymbolicLink(root.resolve("in-x.conf"), root.resolve("x.conf"));
        assertThat(fault(".include \"x.conf\"")).hasMessageContaining("includes itself");
        assertThat(fault(".include \"main.conf\"")).hasMessageContaining("There is no file");
        for (int i = 1; i < 17; i++) {
            Files.writeString(root.resolve("deep" + i), ".include(try=true) \"deep" + (i + 1) + "\"; n" + i + " = 1");
        }
        assertThat(plain(".include \"deep1\""))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .hasSize(16);
        Files.writeString(root.resolve("deep17"), "");
        assertThat(fault(".include \"deep1\"")).hasMessageContaining("deeper than 16");
    }

    @Test
    void nestingCountsThroughFiles() throws IOException {
        Files.writeString(root.resolve("deep.conf"), "a " + "{a ".repeat(31) + "{}" + "}".repeat(31));
        String open = "b {".repeat(32);
        assertThat(plain(open + ".include \"deep.conf\"\n" + "}".repeat(32))).isNotNull();
        assertThat(fault(open + "b {.include \"deep.conf\"\n" + "}".repeat(33))).hasMessageContaining("deeper than 64");
    }
}
