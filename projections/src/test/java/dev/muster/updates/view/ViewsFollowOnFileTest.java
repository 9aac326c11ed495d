package dev.muster.updates.view;

import dev.muster.overview.view.MongoInProcess;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/** The same on the embedded store, which the projections write past the wire. */
class ViewsFollowOnFileTest extends ViewsFollowTest {

    @TempDir
    static Path files;

    @Override
    MongoInProcess open() {
        return MongoInProcess.onFile(files.resolve(UUID.randomUUID() + ".mv"));
    }
}
