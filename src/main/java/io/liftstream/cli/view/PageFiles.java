package io.liftstream.cli.view;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liftstream.cli.page.PageResources;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files of the page, all in memory: there is nothing else to ask for. Immutable. */
final class PageFiles {
    private static final String FOLDER = "io/liftstream/cli/view/";
    private static final String IMPORT_MAP = "<!-- import map -->";

    /**
     * A file.
     *
     * @param type its media type
     * @param content its bytes, which nobody writes to
     */
    record File(String type, byte[] content) {}

    private final Map<String, File> files = new LinkedHashMap<>();
    private final String policy;

    PageFiles() {
        ObjectNode imports = new ObjectMapper().createObjectNode();
        PageResources.moduleSources()
                .forEach(
                        (name, source) -> {
                            String path =
                                    "/modules/" + name.replaceAll("(\\.min)?\\.js$", "") + ".js";
                            imports.put(name, path);
                            add(path, "text/javascript", source);
                        });
        String map = new ObjectMapper().createObjectNode().set("imports", imports).toString();
        String page = PageResources.text(FOLDER + "live-page.html");
        add(
                "/",
                "text/html",
                page.replace(IMPORT_MAP, "<script type=\"importmap\">" + map + "</script>"));
        add("/live-page.js", "text/javascript", PageResources.text(FOLDER + "live-page.js"));
        add(
                "/page.css",
                "text/css",
                PageResources.styles() + PageResources.text(FOLDER + "live-page.css"));
        policy =
                "default-src 'none'; img-src data: blob:; style-src 'self'; connect-src 'self';"
                        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                        + " script-src 'self' "
                        + PageResources.policyHash(map);
    }

    private void add(String path, String type, String content) {
        files.put(
                path, new File(type + "; charset=utf-8", content.getBytes(StandardCharsets.UTF_8)));
    }

    /** The file of a path, or null. */
    File get(String path) {
        return files.get(path);
    }

    /** The content security policy of the page. */
    String policy() {
        return policy;
    }
}
