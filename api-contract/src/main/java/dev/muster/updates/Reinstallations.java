package dev.muster.updates;

import dev.muster.registry.DeviceId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Puts a release on a device whatever it runs or is said to run; for capabilities that lend devices out and cannot know
 * what became of them. What comes of it is told by {@link ActionViews}. Never blocks.
 */
public interface Reinstallations {

    /**
     * Gives the device the release, forced, without anybody's consent. Unlike any other assignment it makes a new action
     * also when the device has the release; only an action like that which is under way already serves the wish, so a
     * repeated order never makes a second one. Older actions are asked to stop.
     *
     * <p>Fails with {@link dev.muster.registry.RegistryRefusal#DEVICE_UNKNOWN}, {@link UpdatesRefusal#RELEASE_UNKNOWN},
     * {@link UpdatesRefusal#RELEASE_INVALIDATED}, {@link UpdatesRefusal#RELEASE_INCOMPATIBLE}.
     *
     * @param release name of the release
     * @param version of the release
     * @param provenance who orders it
     * @return the action's number
     */
    CompletableFuture<Integer> begin(DeviceId device, String release, String version, Map<String, String> provenance);

    /** Ends the action without the device, whose power may be off. Answers false when it had ended already. */
    CompletableFuture<Boolean> end(DeviceId device, int action, Map<String, String> provenance);
}
