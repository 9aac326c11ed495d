package dev.muster.apps.simulator;

/** An engine of nothing: everything succeeds at once, and nothing is ever written. */
final class PretendedEngine implements ContainerEngine {

    static final ContainerEngine INSTANCE = new PretendedEngine();

    private PretendedEngine() {}

    @Override
    public boolean hasImage(String image, boolean isBelieved) {
        return isBelieved;
    }

    @Override
    public void pull(String image, RegistryLogin login) {
        // There is nothing to bring.
    }

    @Override
    public void start(ContainerOrder order, Listener listener) {
        // It runs because it is said to.
    }

    @Override
    public boolean follow(String container, Listener listener) {
        return true;
    }

    @Override
    public void stop(String container) {
        // Nothing runs.
    }

    @Override
    public void remove(String container) {
        // Nothing is there.
    }

    @Override
    public void removeImage(String image) {
        // Nothing is there.
    }

    @Override
    public void close() {
        // One for all, and nothing is held.
    }
}
