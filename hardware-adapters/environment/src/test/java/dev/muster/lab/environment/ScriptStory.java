package dev.muster.lab.environment;

import dev.muster.lab.LabConfiguration;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A runner of whichever script a test writes. */
abstract class ScriptStory {

    @TempDir
    Path directory;

    final Programs programs = new Programs(Programs.impatient());
    final AtomicReference<LabConfiguration> configuration = new AtomicReference<>(LabConfiguration.EMPTY);
    ScriptSettings settings = Scripts.settings();

    @AfterEach
    void close() {
        programs.close();
    }

    void script(String text) {
        configuration.set(Scripts.script(directory, text));
    }

    ScriptRunner runner() {
        return new ScriptRunner(
                configuration::get, programs.processes, holder -> holder.substring("user:".length()), settings);
    }
}
