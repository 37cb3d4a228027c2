window.CampusXBlock.start();
