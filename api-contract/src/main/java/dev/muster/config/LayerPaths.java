package dev.muster.config;

/**
 * Layers as paths of the native API have them: {@code fleet}, or a plural and a name. In the name of a group a slash is
 * {@code ~1} and a tilde {@code ~0}, as in JSON pointers: no server lets an encoded slash through.
 */
public final class LayerPaths {

    private LayerPaths() {}

    /**
     * The layer at {@code <kind>/<name>}.
     *
     * @param kind {@code groups}, {@code devices}, {@code actual}, or {@code staged}, which nobody writes by hand
     */
    public static Layer of(String kind, String name) {
        return switch (kind) {
            case "groups" -> Layer.group(name.replace("~1", "/").replace("~0", "~"));
            case "devices" -> new Layer(Layer.Kind.DEVICE, name);
            case "actual" -> new Layer(Layer.Kind.ACTUAL, name);
            case "staged" -> Layer.staged(name);
            default ->
                throw ConfigRefusal.LAYER_INVALID.because(
                        "'" + kind + "' is no kind of layer: it is groups, devices or actual.");
        };
    }

    /** The same where something is to be written: a rollout's wishes are given with the rollout. */
    public static Layer writable(String kind, String name) {
        Layer layer = of(kind, name);
        if (layer.kind() == Layer.Kind.STAGED) {
            throw ConfigRefusal.LAYER_INVALID.because("What a rollout wants is given when it is planned.");
        }
        return layer;
    }
}
