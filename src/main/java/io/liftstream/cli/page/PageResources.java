package io.liftstream.cli.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** The styles and scripts of pages with clouds, ours and those of three.js, from the class path. */
public final class PageResources {
    private static final String THREE = "META-INF/resources/webjars/three/" + threeVersion() + "/";

    /** By the name that scripts import them by: where each module lies on the class path. */
    private static final Map<String, String> MODULES = modules();

    private PageResources() {}

    private static Map<String, String> modules() {
        Map<String, String> modules = new LinkedHashMap<>();
        // three.module.min.js imports this one by its file name, which a page without a server has
        // no place for.
        modules.put("three.core.min.js", THREE + "build/three.core.min.js");
        modules.put("three", THREE + "build/three.module.min.js");
        modules.put("three/orbit-controls", THREE + "examples/jsm/controls/OrbitControls.js");
        modules.put("liftstream/cloud-stage", "io/liftstream/cli/page/cloud-stage.js");
        modules.put("liftstream/static-page", "io/liftstream/cli/page/static-page.js");
        return modules;
    }

    private static String threeVersion() {
        Properties properties = new Properties();
        try (InputStream in = open("META-INF/maven/org.webjars.npm/three/pom.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static InputStream open(String path) throws IOException {
        InputStream in = PageResources.class.getClassLoader().getResourceAsStream(path);
        if (in == null) {
            throw new IOException(path + " is not on the class path");
        }
        return in;
    }

    /**
     * {@return a text file of the class path}
     *
     * @param path from the root of the class path
     */
    public static String text(String path) {
        try (InputStream in = open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the styles of every page} */
    public static String styles() {
        return text("io/liftstream/cli/page/page.css");
    }

    /**
     * {@return the modules that scripts of a page can import, by the name they import them by: none
     * imports another by its place}
     */
    public static Map<String, String> moduleSources() {
        Map<String, String> sources = new LinkedHashMap<>();
        MODULES.forEach(
                (name, path) ->
                        sources.put(
                                name,
                                text(path)
                                        .replace(
                                                "\"./three.core.min.js\"",
                                                "\"three.core.min.js\"")));
        return sources;
    }

    /**
     * {@return how a content security policy names an inline script or style}
     *
     * @param content what stands between its tags, exactly
     */
    public static String policyHash(String content) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
