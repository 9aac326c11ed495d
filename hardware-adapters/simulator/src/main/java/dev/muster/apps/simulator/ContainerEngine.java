package dev.muster.apps.simulator;

/**
 * What runs the containers of a simulated agent's apps. Blocking, for virtual threads. What comes to nothing is a fault
 * with words for the app's log. One engine serves any number of agents; containers outlive it, as they outlive agents.
 */
public interface ContainerEngine extends AutoCloseable {

    /** Hears of one container, on threads of the engine. */
    interface Listener {

        /** @param lines one or more, without the end of the last one */
        void wrote(String lines);

        /**
         * It ended although nobody asked for that.
         *
         * @param how in words
         */
        void ended(String how);
    }

    /** @param isBelieved whether it should be here by all that was done so far, which is all that some can go by */
    boolean hasImage(String image, boolean isBelieved) throws AgentFault, InterruptedException;

    /** Signs in at the registry and brings an image from it. */
    void pull(String image, RegistryLogin login) throws AgentFault, InterruptedException;

    /** In place of the one of that name, where there is one. Its image must be here. */
    void start(ContainerOrder order, Listener listener) throws AgentFault, InterruptedException;

    /** Listens to one that was started before this process; false when it does not run. */
    boolean follow(String container, Listener listener) throws AgentFault, InterruptedException;

    /** Nothing when there is none. */
    void stop(String container) throws AgentFault, InterruptedException;

    /** Stops it, too. Nothing when there is none. */
    void remove(String container) throws AgentFault, InterruptedException;

    /** Nothing when there is none. One that is used elsewhere stays. */
    void removeImage(String image) throws AgentFault, InterruptedException;

    /** Listens no more. */
    @Override
    void close();
}
