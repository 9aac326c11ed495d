package dev.muster.observe.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import dev.muster.observe.Documents.Document;
import dev.muster.observe.Uid;
import dev.muster.testing.MemoryLog;
import org.junit.jupiter.api.Test;

class DocumentIndexTest {

    private static final DocumentKind RULES = DocumentKind.PROMETHEUS_RULES;

    private final TestObserved observed = new TestObserved();

    private Document rules(String uid) {
        return observed.documents.find(RULES, new Uid(uid));
    }

    @Test
    void kindsAreNameSpacesOfTheirOwn() {
        DocumentRef dashboard = observed.dashboard("one");
        DocumentRef rules = observed.published(RULES, "one", TestObserved.content("1", true));

        assertThat(observed.documents
                        .find(DocumentKind.GRAFANA_DASHBOARD, new Uid("one"))
                        .ref())
                .isEqualTo(dashboard);
        assertThat(rules("one").ref()).isEqualTo(rules);
        assertThat(observed.documents.find(DocumentKind.LOKI_RULES, new Uid("one")))
                .isNull();
        assertThat(rules("One")).as("case counts").isNull();
    }

    @Test
    void aRevisedOneKeepsItsPlaceItsIdAndItsDay() {
        DocumentRef first = observed.published(RULES, "b", TestObserved.content("1", true));
        observed.published(RULES, "a", TestObserved.content("2", false));

        observed.revised(RULES, first, TestObserved.content("3", true));

        assertThat(observed.documents.all(RULES))
                .extracting(each -> each.uid().value())
                .containsExactly("b", "a");
        Document revised = rules("b");
        assertThat(revised.id()).isEqualTo(first.id());
        assertThat(revised.content()).isEqualTo(TestObserved.content("3", true));
        assertThat(revised.createdAt()).isEqualTo(MemoryLog.START);
        assertThat(revised.updatedAt()).isEqualTo(MemoryLog.START.plusSeconds(2));
        assertThat(revised.version()).isEqualTo(1);
        assertThat(observed.documents.all(RULES)).contains(revised);
    }

    @Test
    void aRemovedOneIsGoneAndItsNamesakeComesLast() {
        DocumentRef first = observed.published(RULES, "a", TestObserved.content("1", false));
        observed.published(RULES, "b", TestObserved.content("2", false));
        observed.removed(RULES, first);
        assertThat(rules("a")).isNull();
        assertThat(observed.documents.size(RULES)).isEqualTo(1);
        assertThat(observed.documents.revision()).isEqualTo(2);

        DocumentRef namesake = observed.published(RULES, "a", TestObserved.content("3", false));

        assertThat(observed.documents.all(RULES))
                .extracting(each -> each.uid().value())
                .containsExactly("b", "a");
        assertThat(rules("a").id()).isEqualTo(namesake.id()).isNotEqualTo(first.id());
        assertThat(rules("a").version()).as("its history goes on").isEqualTo(2);
    }
}
