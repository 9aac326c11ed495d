package dev.muster.apps;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All projects, in memory on each node, folded from the log. */
public interface Projects {

    /** Null for one that was never made, or was removed. {@link ProjectKey#MAIN} is always found. */
    @Nullable
    Project find(ProjectKey key);

    /** As {@link #find}, refused with {@link AppsRefusal#PROJECT_UNKNOWN}. */
    default Project needed(ProjectKey key) {
        Project found = find(key);
        if (found == null) {
            throw AppsRefusal.PROJECT_UNKNOWN.because("There is no project " + key + ".");
        }
        return found;
    }

    @Nullable
    Project named(String name);

    /** In order of key. */
    List<Project> all();

    /** @param version of its last event, from 1; 0 for the main one as long as nobody changed it */
    record Project(ProjectKey key, String name, String owner, long version) {

        /** As it is before anybody changes it. */
        public static final Project MAIN = new Project(ProjectKey.MAIN, "main", "muster", 0);
    }
}
