package dev.muster.config.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.config.Profile;
import dev.muster.config.RegistrySchema;
import org.junit.jupiter.api.Test;

/** A list is told as a whole: it is secret when something in it is that nobody may read (contract §17). */
class SecretListsTest {

    private static boolean secret(String rules, String path) {
        RegistrySchema registry = new Engine().compiled("""
                {"storage":{"schema":{
                   "l":{"type":"array","values":{"schema":{"n":"string","pin":"string"}}},
                   "b":{"schema":{"l":{"type":"array","values":"int"}}},
                   "x":"any"}},
                 "views":{"v":{"rules":[%s]}}}""".formatted(rules), Profile.CONFDB);
        return registry.isSecret(path);
    }

    private static String rule(String request, String storage, String access) {
        return "{\"request\":\"%s\",\"storage\":\"%s\",\"access\":\"%s\"}".formatted(request, storage, access);
    }

    @Test
    void aMemberOfAnElementThatIsOnlyWrittenMakesItOne() {
        String name = rule("l[{i}].n", "l[{i}].n", "read-write");
        assertFalse(secret(name, "l"));
        assertTrue(secret(name + "," + rule("l[{i}].pin", "l[{i}].pin", "write"), "l"));
        assertTrue(secret(rule("l", "l", "write") + "," + rule("n[{i}]", "l[{i}].n", "read"), "l"));
        assertTrue(secret(rule("x[{i}].a", "x[{i}].a", "read") + "," + rule("w", "x", "write"), "x"));
    }

    @Test
    void whatSomeViewShowsAllOfIsNone() {
        assertFalse(secret(rule("l", "l", "write") + "," + rule("r[{i}]", "l[{i}]", "read"), "l"));
        assertFalse(secret(rule("l[{i}].pin", "l[{i}].pin", "write") + "," + rule("r", "l", "read"), "l"));
        assertFalse(secret(rule("b", "b", "read-write"), "b.l"));
        assertFalse(secret(rule("w", "x", "write") + "," + rule("r", "x.a", "read"), "x.a"));
        assertTrue(secret(rule("w", "x", "write") + "," + rule("r", "x.a", "read"), "x.b"));
    }
}
