package dev.muster.apps.query;

import static dev.muster.apps.query.TestApps.OWN;
import static dev.muster.apps.query.TestApps.ROBOT;
import static dev.muster.apps.query.TestApps.SITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.apps.AppTarget;
import dev.muster.apps.Place;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.query.http.WishReads;
import dev.muster.apps.query.http.WishReads.WishPage;
import dev.muster.apps.query.http.WishView;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.ListCursor;
import dev.muster.kernel.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What places say, as people read it. */
class WishReadsTest {

    private final TestApps apps = new TestApps();
    private final WishReads reads = new WishReads(apps.catalogue, apps.wishes);

    private WishPage page(@Nullable String cursor, int limit) {
        return Objects.requireNonNull(reads.about("hello", cursor, limit).block(Duration.ofSeconds(10)));
    }

    /** Every device may say something: no answer has all of them at once. */
    @Test
    void placesComeInPagesTheWidestFirst() {
        apps.enrols(ROBOT);
        apps.releases("1.0");
        Place main = Place.project(ProjectKey.MAIN);
        Place silent = Place.group("silent");
        for (Place each : List.of(OWN, SITE, main, silent)) {
            apps.wants(each, AppTarget.RUNNING, null);
        }
        apps.inherits(silent);
        List<Place> seen = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            WishPage page = page(cursor, 1);
            page.items().stream().map(WishView::place).forEach(seen::add);
            cursor = page.next();
            pages++;
        } while (cursor != null);
        assertThat(seen).containsExactly(main, SITE, OWN);
        assertThat(pages).isEqualTo(3);
        assertThat(page(null, 3).next()).isNull();
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        apps.releases("1.0");
        for (String foreign : List.of(ListCursor.of("apps", "hello"), ListCursor.of("app-places", "nowhere"))) {
            assertThat(Refused.is(catchThrowable(() -> page(foreign, 1)), KernelRefusal.INVALID_CURSOR))
                    .isTrue();
        }
    }
}
