package dev.muster.overview.view;

import java.nio.file.Path;

class WireDocumentsTest extends StoredDocumentsContract {

    @Override
    MongoInProcess open(Path file) {
        return MongoInProcess.onFileOverTheWire(file);
    }
}
