package dev.muster.updates.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The last chapter of the demo's story, by somebody who knows of other things than updates. */
public interface DemoChapter extends AutoCloseable {

    /**
     * What it is told with.
     *
     * @param operator who may do everything
     * @param server origin of the server, without a trailing slash
     * @param fleet filter of the simulated devices
     * @param pause between two things that a reader should see one after the other
     * @param teller of what happens, a sentence each
     */
    record Stage(
            OperatorWire operator, URI server, String fleet, Duration pause, Consumer<String> teller, Wait patience) {}

    /** Waits until an answer is as wished, and gives up after a while. */
    interface Wait {

        JsonNode until(String path, Predicate<JsonNode> wished) throws WireFault, InterruptedException;
    }

    /** Tells it to its end. What it began may live on. */
    void tell(Stage stage) throws WireFault, InterruptedException;

    /** Ends what lives on. */
    @Override
    void close();
}
