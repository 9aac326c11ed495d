package dev.muster.updates.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.updates.BundleFacts;
import dev.muster.updates.Hardware;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links inside a description, good and hostile ones. */
class LinksTest {

    @Test
    void linksAreFollowedAsInTheManual() {
        BundleFacts facts = Reading.description("""
                software =
                {
                  version = { ref = "#./commonversion"; }
                  hardware-compatibility = ["rev10"];
                  commonversion = "0.7-linked";
                  pc: {
                    stable: {
                      common: { images = { ref = "#./../trythis"; } };
                      trythis: ( { filename = "rootfs1.ext4"; type = "raw"; }, { filename = "rootfs5.ext4"; } );
                      rev30: { ref = "#/software/pc/stable/common" };
                    };
                  };
                  mac: { ref = "#./pc" };
                  tv: { hardware-compatibility = { ref = "#./../hardware-compatibility" } };
                };
                """);
        assertThat(facts.version()).isEqualTo("0.7-linked");
        assertThat(facts.images()).extracting(BundleFacts.Image::file).containsExactly("rootfs1.ext4", "rootfs5.ext4");
        assertThat(facts.compatibility())
                .containsExactly(new Hardware(Hardware.ANY, "rev10"), new Hardware("tv", "rev10"));
    }

    @Test
    void linksInsideAListLeadToOtherLists() {
        assertThat(Reading.description("""
                software = { version = "1";
                  images: ( { ref = "#./more" }, { filename = "b" } );
                  more: ( { filename = "a" } );
                }
                """).images())
                .extracting(BundleFacts.Image::file)
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version = { ref = \"#./version\" }",
                "version = { ref = \"#./a\" }; a = { ref = \"#./b\" }; b = { ref = \"#./a\" }",
                "version = \"1\"; images = { ref = \"#./files\" }; files = { ref = \"#./images\" }",
                "version = \"1\"; board = { ref = \"#/software/board\" }",
            })
    void circlesAreRefused(String members) {
        assertThat(Reading.refusalOf("software = { " + members + " }")).contains("circle");
    }

    @Test
    void linksIntoAParentEnd() {
        assertThat(Reading.description("software = { version = \"1\"; board = { ref = \"#./\" }; images ="
                                + " ({ filename = \"i\" }, { ref = \"#./images\" }) }")
                        .images())
                .hasSize(1);
    }

    @Test
    void linksThatLeadNowhereAreWarnedOf() {
        for (String link : new String[] {"#./none", "#", "none", "#./../../../..", "#/software/version/x"}) {
            BundleFacts facts =
                    Reading.description("software = { version = \"1\"; board = { ref = \"%s\" } }".formatted(link));
            assertThat(facts.warnings()).as(link).anyMatch(w -> w.contains("The link"));
        }
    }

    @Test
    void linksThatMultiplyAreCutOff() {
        StringBuilder text = new StringBuilder("software = { version = \"1\"; all = {");
        for (int i = 0; i < 500; i++) {
            text.append("g%d = { ref = \"#/software/all\" };".formatted(i));
        }
        assertThat(Reading.refusalOf(text.append("} }").toString())).contains("places");
    }
}
