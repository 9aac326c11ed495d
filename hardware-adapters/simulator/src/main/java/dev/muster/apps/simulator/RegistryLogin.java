package dev.muster.apps.simulator;

/**
 * As whom a device comes to the registry of images.
 *
 * @param registry its host, without a slash
 * @param user what the cloud gave for this
 * @param password the device's secret
 */
public record RegistryLogin(String registry, String user, String password) {

    /** Without what proves it. */
    @Override
    public String toString() {
        return "RegistryLogin[" + registry + "]";
    }
}
