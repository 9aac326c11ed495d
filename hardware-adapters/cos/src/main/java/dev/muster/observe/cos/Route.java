package dev.muster.observe.cos;

import org.jspecify.annotations.Nullable;

/** A target with the names its path had: the application of documents, the uid of one thing; empty when it has none. */
record Route(Target target, @Nullable Application application, String uid) {

    static Route to(Target target) {
        return new Route(target, null, "");
    }

    static Route to(Target target, String uid) {
        return new Route(target, null, uid);
    }

    /** The application of a document's route; all others have none. */
    Application documents() {
        if (application == null) {
            throw new IllegalStateException(target + " has no application");
        }
        return application;
    }
}
