package dev.muster.config;

/** One databag: the values of one registry in one layer. */
public record DatabagId(RegistryId registry, Layer layer) {

    @Override
    public String toString() {
        return registry + "/" + layer;
    }
}
