package dev.muster.config;

/** One databag: the values of one registry in one layer. */
public record DatabagId(RegistryId registry, Layer layer) implements Comparable<DatabagId> {

    /** The identifier of its history. */
    public String aggregateId() {
        return "databag/" + this;
    }

    @Override
    public int compareTo(DatabagId other) {
        int byRegistry = registry.compareTo(other.registry);
        return byRegistry != 0 ? byRegistry : layer.compareTo(other.layer);
    }

    @Override
    public String toString() {
        return registry + "/" + layer;
    }
}
