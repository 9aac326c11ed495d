package dev.muster.lab.wire;

/**
 * A target with the names its path had.
 *
 * @param name of the board or class, or the id; empty when it has none
 * @param word behind that, the power action; empty when it has none
 */
record Route(Target target, String name, String word) {

    static Route to(Target target) {
        return new Route(target, "", "");
    }

    static Route to(Target target, String name) {
        return new Route(target, name, "");
    }
}
