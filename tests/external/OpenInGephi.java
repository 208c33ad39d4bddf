import java.io.File;
import java.io.FileInputStream;
import java.util.Iterator;
import java.util.StringJoiner;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.Node;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.importer.api.Report;
import org.gephi.io.processor.spi.Processor;
import org.gephi.project.api.ProjectController;
import org.openide.util.Lookup;

/** Opens each file as Gephi's "Open…" does, into a new workspace, and tells in a line of JSON what came in. For check_tools.py. */
public final class OpenInGephi {
    public static void main(String[] files) throws Exception {
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        ImportController imports = Lookup.getDefault().lookup(ImportController.class);
        for (String file : files) {
            projects.newProject();
            StringJoiner issues = new StringJoiner(",", "[", "]");
            String extension = file.substring(file.lastIndexOf('.'));
            Container container = imports.importFile(new FileInputStream(file), imports.getFileImporter(extension));
            tell(container.getReport(), issues);
            imports.process(container, Lookup.getDefault().lookup(Processor.class), null);
            tell(container.getReport(), issues);
            Graph graph = Lookup.getDefault().lookup(GraphController.class).getGraphModel(projects.getCurrentWorkspace()).getGraph();
            StringJoiner labels = new StringJoiner(",", "{", "}");
            for (Node node : graph.getNodes()) {
                labels.add(quoted(node.getId()) + ":" + quoted(node.getLabel()));
            }
            double weight = 0;
            int dynamic = 0;
            for (Edge edge : graph.getEdges()) {
                if (edge.hasDynamicWeight()) {
                    dynamic++;
                } else {
                    weight += edge.getWeight();
                }
            }
            System.out.println("{\"file\":" + quoted(new File(file).getName()) + ",\"issues\":" + issues + ",\"nodes\":" + graph.getNodeCount()
                + ",\"edges\":" + graph.getEdgeCount() + ",\"weight\":" + weight + ",\"dynamic_weights\":" + dynamic + ",\"labels\":" + labels + "}");
            projects.closeCurrentProject();
        }
        System.exit(0);
    }

    private static void tell(Report report, StringJoiner to) {
        for (Iterator<Issue> all = report.getIssues(1000); all.hasNext();) {
            Issue issue = all.next();
            to.add(quoted(issue.getLevel() + " " + issue.getMessage()));
        }
    }

    private static String quoted(Object value) {
        String text = String.valueOf(value);
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            out.append(c == '"' || c == '\\' ? "\\" + c : c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return out.append('"').toString();
    }
}
