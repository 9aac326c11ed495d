package dev.muster.updates.view;

import dev.muster.overview.view.MongoInProcess;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The same on a real MongoDB, wherever one is given. */
@EnabledIfEnvironmentVariable(named = "MUSTER_TEST_MONGO_URI", matches = ".+")
class ViewsFollowOnMongoTest extends ViewsFollowTest {

    @Override
    MongoInProcess open() {
        return MongoInProcess.at(System.getenv("MUSTER_TEST_MONGO_URI"));
    }
}
