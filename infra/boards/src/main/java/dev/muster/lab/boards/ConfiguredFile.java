package dev.muster.lab.boards;

import dev.muster.kernel.Refused;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.boards.ucl.UclDocument;
import dev.muster.lab.boards.ucl.UclFault;
import dev.muster.lab.boards.ucl.UclLimits;
import dev.muster.lab.boards.ucl.UclReader;
import dev.muster.lab.boards.ucl.UclSource;
import dev.muster.lab.boards.ucl.UclValue;
import dev.muster.lab.boards.ucl.UclWriter;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file that a lab is configured with, UCL or the {@code .env} file that names one.
 *
 * <p>What is kept and put in force is one text that needs no other: else a restart would put in force what nobody has
 * checked, when an included file has changed meanwhile. So a file that includes others, uses variables or names its
 * script by a relative path is written anew, as what it says.
 */
record ConfiguredFile(Path path, LabConfigurationReader reader) {

    /**
     * The text, checked: faults name the file and line where they are, also in an included file. Blocks.
     *
     * @throws Refused {@link dev.muster.lab.LabRefusal#CONFIGURATION_INVALID}
     */
    String text() {
        Path file = boardConf();
        try {
            Path real = file.toRealPath();
            return checked(real, SmallFiles.read(real, UclLimits.STANDARD.textBytesMax()));
        } catch (NoSuchFileException e) {
            throw Faults.ofFile(file.toString(), "There is no such file.");
        } catch (IOException e) {
            throw Faults.ofFile(file.toString(), "The file cannot be read: " + e.getMessage());
        }
    }

    private Path boardConf() {
        if (!String.valueOf(path.getFileName()).endsWith(".env")) {
            return path.toAbsolutePath();
        }
        Path boardConf = EnvFile.read(path).boardConf();
        if (boardConf == null) {
            throw Faults.ofFile(path.toString(), "'board_conf' is missing.");
        }
        return boardConf;
    }

    private String checked(Path real, String text) {
        Path directory = real.resolveSibling("");
        DirectoryIncludes includes = new DirectoryIncludes(directory, UclLimits.STANDARD.textBytesMax());
        try {
            UclDocument document =
                    new UclReader(UclLimits.STANDARD, includes, Map.of()).read(new UclSource(real.toString(), text));
            LabConfiguration configuration = reader.read(document.root(), directory);
            boolean absoluteScript = configuration.setupScript() == null || isWritten(document, configuration);
            if (document.selfContained() && absoluteScript) {
                return text;
            }
            return "# Made of " + real.toString().replace('\n', ' ') + " and what it refers to.\n"
                    + UclWriter.write(withAbsoluteScript(document.root(), configuration));
        } catch (UclFault e) {
            throw Faults.of(e);
        }
    }

    private static boolean isWritten(UclDocument document, LabConfiguration configuration) {
        return document.root() instanceof UclValue.Section section
                && section.members().get("setup_script") instanceof UclValue.Scalar script
                && script.text().equals(configuration.setupScript());
    }

    private static UclValue withAbsoluteScript(UclValue root, LabConfiguration configuration) {
        String script = configuration.setupScript();
        if (script == null || !(root instanceof UclValue.Section section)) {
            return root;
        }
        Map<String, UclValue> members = new LinkedHashMap<>(section.members());
        members.put("setup_script", new UclValue.Text(script, section.place()));
        return new UclValue.Section(members, section.place());
    }
}
