<?php
// This file is part of Moodle - http://moodle.org/
//
// Moodle is free software: you can redistribute it and/or modify
// it under the terms of the GNU General Public License as published by
// the Free Software Foundation, either version 3 of the License, or
// (at your option) any later version.
//
// Moodle is distributed in the hope that it will be useful,
// but WITHOUT ANY WARRANTY; without even the implied warranty of
// MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
// GNU General Public License for more details.
//
// You should have received a copy of the GNU General Public License
// along with Moodle.  If not, see <http://www.gnu.org/licenses/>.

/**
 * French strings of the Peer bridge.
 *
 * @package    local_peerbridge
 * @copyright  2026 The peer-xblock contributors
 * @license    http://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

defined('MOODLE_INTERNAL') || die();

$string['accountname'] = 'compte de service';
$string['auditage'] = 'Conserver le journal d\'audit pendant';
$string['auditage_desc'] = 'Le journal d\'audit indique quel compte a écrit au nom de qui, et quand. Zéro le conserve indéfiniment.';
$string['cannotpost'] = 'Moodle ne permet pas à l\'auteur de publier ici : le type du forum, sa date de clôture, un verrou ou une permission s\'y oppose.';
$string['conflict'] = 'La base de données a refusé deux fois, car une autre écriture était en cours. Réessayez.';
$string['forumgone'] = 'Le forum {$a} n\'existe pas ou est en cours de suppression.';
$string['forummismatch'] = 'Le message, ou celui auquel il répond, est répliqué dans le forum {$a}.';
$string['groupmismatch'] = 'Groupe {$a} : ses membres ne seraient pas les seuls lecteurs, l\'auteur n\'en fait pas partie, ou la discussion s\'adresse à d\'autres.';
$string['health'] = 'État de la passerelle';
$string['healthbad'] = 'À vérifier';
$string['healthcheckservice'] = 'Service de contrôle (sites de test seulement)';
$string['healthgood'] = 'Bon';
$string['healthlast'] = 'Dernière modification répliquée';
$string['healthoff'] = 'Désactivé';
$string['healthon'] = 'Activé';
$string['healthposts'] = 'Messages connus de la passerelle';
$string['healthrest'] = 'Protocole REST';
$string['healthservice'] = 'Service « Peer bridge »';
$string['healthtokens'] = 'Jetons du service';
$string['healthwebservices'] = 'Services web';
$string['internal'] = 'Moodle a échoué ({$a}) ; son journal indique où.';
$string['invaliditem'] = '{$a}';
$string['messageprovider:returned'] = 'Une modification non conservée dans un forum répliqué';
$string['mirroring'] = 'Réplication';
$string['moved'] = 'La discussion a été déplacée dans Moodle, vers le forum {$a}.';
$string['nogroup'] = 'Il n\'y a pas de groupe {$a} dans le cours.';
$string['nopermission'] = 'Le compte de service n\'a pas le droit de répliquer dans le forum {$a} (local/peerbridge:mirror).';
$string['notenrolled'] = 'L\'utilisateur {$a} n\'est pas inscrit activement au cours.';
$string['notify'] = 'Courriels du forum pour les messages répliqués';
$string['notify_desc'] = 'Permet à Moodle d\'envoyer les nouveaux messages répliqués par courriel aux abonnés du forum. Laissez désactivé pendant la reprise d\'anciens messages, et là où la plateforme de cours prévient déjà les participants.';
$string['notvisible'] = 'L\'utilisateur {$a} ne peut pas voir le forum.';
$string['parentgone'] = 'Le message {$a} auquel il répond n\'est plus dans Moodle.';
$string['parentmissing'] = 'Le message {$a} auquel il répond n\'a pas encore été répliqué.';
$string['peerbridge:mirror'] = 'Écrire les messages répliqués au nom de leurs auteurs';
$string['peerbridge:use'] = 'Appeler les fonctions de la passerelle';
$string['pluginname'] = 'Peer bridge';
$string['privacy:metadata:audit'] = 'Qui a écrit un message répliqué au nom de qui.';
$string['privacy:metadata:audit:action'] = 'S\'il a été créé, modifié, supprimé ou rétabli.';
$string['privacy:metadata:audit:actorid'] = 'Le compte dont le jeton a servi.';
$string['privacy:metadata:audit:externalid'] = 'L\'identifiant du message sur la plateforme de cours.';
$string['privacy:metadata:audit:timecreated'] = 'Quand.';
$string['privacy:metadata:audit:userid'] = 'L\'auteur.';
$string['privacy:metadata:map'] = 'À quel message du forum correspond un message de la plateforme de cours.';
$string['privacy:metadata:map:externalid'] = 'L\'identifiant du message sur la plateforme de cours.';
$string['privacy:metadata:map:postid'] = 'Le message du forum.';
$string['privacy:metadata:map:revision'] = 'La révision la plus récente qui a été répliquée.';
$string['privacy:metadata:map:source'] = 'Le locataire de la plateforme de cours.';
$string['privacy:metadata:map:timecreated'] = 'Quand il a été répliqué pour la première fois.';
$string['privacy:metadata:map:timemodified'] = 'Quand la passerelle l\'a modifié pour la dernière fois.';
$string['privacy:metadata:map:userid'] = 'L\'auteur.';
$string['privacy:metadata:outbox'] = 'Quels messages de forum quelqu\'un a modifiés dans Moodle, à lire par la plateforme de cours.';
$string['privacy:metadata:outbox:message'] = 'Le texte que quelqu\'un a mis à la place d\'un message répliqué, jusqu\'à ce que son sort soit réglé.';
$string['privacy:metadata:outbox:postid'] = 'Le message du forum.';
$string['privacy:metadata:outbox:subject'] = 'Son titre.';
$string['privacy:metadata:outbox:timecreated'] = 'Quand.';
$string['privacy:metadata:outbox:userid'] = 'Qui l\'a modifié.';
$string['reasonboolean'] = 'true ou false est attendu';
$string['reasonempty'] = 'ne doit pas être vide';
$string['reasonformat'] = 'seul 1 (HTML) est pris en charge';
$string['reasoninteger'] = 'un nombre entier est attendu';
$string['reasonlong'] = 'trop long';
$string['reasonmissing'] = 'manquant';
$string['reasonobject'] = 'un objet JSON est attendu';
$string['reasonpattern'] = 'vide, trop long ou avec un caractère non autorisé';
$string['reasonrange'] = 'hors limites';
$string['reasontags'] = 'doit être un texte sans balises ; écrivez &lt; pour <';
$string['reasontext'] = 'un texte est attendu';
$string['returned'] = 'Votre modification n\'a pas été conservée';
$string['returnedchange'] = 'Vous avez modifié quelque chose dans « {$a} ». Ce message vient de la plateforme de cours, où quelqu\'un d\'autre l\'a modifié entre-temps ou bien où vous n\'avez pas le droit de le modifier : il reste donc comme avant.';
$string['returnedtext'] = 'Vous avez modifié un message dans « {$a} ». Il vient de la plateforme de cours, où quelqu\'un d\'autre l\'a modifié entre-temps ou bien où vous n\'avez pas le droit de le modifier : son propre texte reste donc en place. Voici ce que vous aviez écrit :';
$string['rolename'] = 'Peer bridge ({$a})';
$string['taskcleanup'] = 'Nettoyer les tables de la passerelle';
$string['throttled'] = 'L\'auteur a atteint le seuil de blocage du forum. Réessayez plus tard.';
$string['usernotfound'] = 'Il n\'y a pas de compte actif avec l\'identifiant {$a}.';
