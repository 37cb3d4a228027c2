"""A small list of skills in English and French, for courses whose platform has not imported ESCO."""

from __future__ import annotations

from dataclasses import dataclass

BUILTIN = "built-in"


@dataclass(frozen=True, slots=True)
class BuiltinSkill:
    """A skill of ours. key: never changes, since people's profiles point at it. Labels: the preferred one first."""

    key: str
    en: tuple[str, ...]
    fr: tuple[str, ...]


BUILTIN_SKILLS = tuple(
    BuiltinSkill(f"peer:{key}", tuple(en.split(" | ")), tuple(fr.split(" | ")))
    for key, en, fr in (
        ("statistics", "Statistics", "Statistiques | Statistique"),
        ("inference", "Statistical inference | Hypothesis tests", "Inférence statistique | Tests d’hypothèse"),
        ("sampling", "Sampling | Sample size", "Échantillonnage | Taille d’échantillon"),
        ("experiments", "Design of experiments", "Plans d’expérience"),
        ("probability", "Probability", "Probabilités"),
        ("regression", "Regression", "Régression"),
        ("surveys", "Surveys | Questionnaires", "Enquêtes | Questionnaires"),
        ("visualisation", "Data visualisation | Charts", "Visualisation de données | Graphiques"),
        ("data-cleaning", "Data cleaning", "Nettoyage de données"),
        ("spreadsheets", "Spreadsheets | Excel", "Tableurs | Excel"),
        ("databases", "Databases | SQL", "Bases de données | SQL"),
        ("python", "Python", "Python"),
        ("r", "R language | R", "Langage R | R"),
        ("javascript", "JavaScript", "JavaScript"),
        ("programming", "Programming | Coding", "Programmation | Développement"),
        ("algorithms", "Algorithms", "Algorithmes"),
        ("machine-learning", "Machine learning", "Apprentissage automatique"),
        ("git", "Version control | Git", "Gestion de versions | Git"),
        ("security", "Computer security", "Sécurité informatique"),
        ("privacy", "Data protection | Privacy", "Protection des données | Vie privée"),
        ("algebra", "Algebra", "Algèbre"),
        ("calculus", "Calculus", "Calcul différentiel et intégral | Analyse"),
        ("geometry", "Geometry", "Géométrie"),
        ("physics", "Physics", "Physique"),
        ("chemistry", "Chemistry", "Chimie"),
        ("biology", "Biology", "Biologie"),
        ("economics", "Economics", "Économie"),
        ("accounting", "Accounting", "Comptabilité"),
        ("law", "Law", "Droit"),
        ("history", "History", "Histoire"),
        ("writing", "Academic writing", "Écriture académique"),
        ("presenting", "Giving a talk | Presentations", "Prise de parole | Présentations"),
        ("literature-search", "Literature search | Citing sources", "Recherche documentaire | Citer ses sources"),
        ("translation", "Translation", "Traduction"),
        ("english", "English", "Anglais"),
        ("french", "French", "Français"),
        ("teaching", "Teaching", "Enseignement | Pédagogie"),
        ("project-management", "Project management", "Gestion de projet"),
        ("teamwork", "Working in a team", "Travail en équipe"),
        ("facilitation", "Facilitation | Leading a group", "Animation de groupe"),
        ("accessibility", "Accessibility", "Accessibilité"),
        ("ethics", "Research ethics", "Éthique de la recherche"),
    )
)  # fmt: skip
