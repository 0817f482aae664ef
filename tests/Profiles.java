import java.io.File;
import java.util.List;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWL2RLProfile;
import org.semanticweb.owlapi.profiles.OWLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/** Prints for each profile whether the ontology in the file is in it, and what is not. */
public class Profiles {
    public static void main(String[] arguments) throws Exception {
        OWLOntology ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(arguments[0]));
        for (OWLProfile profile : List.<OWLProfile>of(new OWL2DLProfile(), new OWL2RLProfile())) {
            List<OWLProfileViolation> violations = profile.checkOntology(ontology).getViolations();
            System.out.println(profile.getName() + ": " + (violations.isEmpty() ? "yes" : "no"));
            for (OWLProfileViolation violation : violations) {
                System.out.println("  " + violation);
            }
        }
    }
}
